"""示例公司: a firm that has lived with the product for three months, told by the product's own verbs."""
