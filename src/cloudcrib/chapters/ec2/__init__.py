"""EC2: models of instances, groups, credits, placement, purchase and Spot."""
