def outputs(self, theta: List[Tensor], o: Tensor, out_y: Tensor) -> None:
    # y(o; theta): [lanes, outputs]
    out_y.copy_(self.layers(theta, o.to(theta[0].device))[-1])
