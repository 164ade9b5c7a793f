def cut(self, vector: Tensor, sizes: List[int], shapes: List[List[int]]) -> List[Tensor]:
    # Views of consecutive pieces of the vector, each with its own shape.
    pieces = torch.split_with_sizes(vector, sizes)
    tensors = annotate(List[Tensor], [])
    for i in range(len(pieces)):
        tensors.append(pieces[i].view(shapes[i]))
    return tensors

def copy(self, target: Tensor, source: Tensor) -> None:
    # Between host and device, either way; done when it returns.
    target.copy_(source)
