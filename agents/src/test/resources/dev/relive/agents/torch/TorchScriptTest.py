def scale(self, x: Tensor, out: Tensor) -> None:
    # out = x * factor * times, negated where negate
    y = x * self.factor
    for i in range(self.times - 1):
        y = y + x * self.factor
    if self.negate:
        y = -y
    out.copy_(y)

def divide(self, x: Tensor) -> Tensor:
    return torch.div(x, 2)
