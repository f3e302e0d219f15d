"""`recaption review`: a page on this machine where a person looks at captions beside their clips and judges them."""
