"""What people type, read: one reader for a day or moment, a sum, a telephone number, wherever it is typed."""
