# Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, on one flat vector, after clipping the gradient's
# global norm (Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", 2013).
# Lists of one tensor, because PyTorch's fused step takes lists and changes what they hold.

def clip_and_step(self, theta: List[Tensor], gradient: List[Tensor], m: List[Tensor], v: List[Tensor],
                  step: List[Tensor]) -> Tensor:
    # g = g min(1, c / |g|)
    # m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2
    # theta = theta - alpha m / (1 - beta1^k) / (sqrt(v / (1 - beta2^k)) + epsilon)
    # Returns |g| before clipping.
    norm = torch.linalg_vector_norm(gradient[0])
    gradient[0].mul_(torch.clamp(torch.reciprocal(norm + 1e-6) * self.max_gradient_norm, max=1.0))
    step[0].add_(1)
    torch._fused_adam_(theta, gradient, m, v, [], step, lr=self.learning_rate, beta1=self.beta1, beta2=self.beta2,
                       weight_decay=0.0, eps=self.epsilon, amsgrad=False, maximize=False)
    return norm
