"""What the README's performance table is made with. Started by bin/bench."""
