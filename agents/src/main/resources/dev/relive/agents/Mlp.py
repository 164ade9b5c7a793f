# A multi-layer perceptron: fully connected layers and nothing else, see Dense.py.

def layers(self, theta: List[Tensor], x: Tensor) -> List[Tensor]:
    # [x, h_1, ..., h_{L-1}, y]
    return self.dense(theta, x)

def backward(self, theta: List[Tensor], h: List[Tensor], dl_dy: Tensor, gradient: List[Tensor]) -> None:
    # gradient, shaped like theta, receives dL/dtheta
    self.dense_backward(theta, h, dl_dy, gradient)
