def values(self, theta: List[Tensor], o: Tensor, out_q: Tensor) -> None:
    # q(o, .; theta): [lanes, actions]
    out_q.copy_(self.layers(theta, o.to(theta[0].device))[-1])
