"""The filters of the firms, one module per question; `every` lists them."""
