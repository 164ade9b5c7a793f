# The images of the services. containers/build makes what goes into them, and calls this.

# Other bases than those that containers/Dockerfile pins: a mirror's, say.
variable "JDK_IMAGE" { default = null }
variable "BASE_IMAGE" { default = null }
variable "CUDA_IMAGE" { default = null }

# Of the program, and the commit it was built from.
variable "IMAGE_VERSION" { default = "0.1.0-SNAPSHOT" }
variable "IMAGE_REVISION" { default = "unknown" }

# A registry to name the images for, such as "registry.example.org/".
variable "IMAGE_REGISTRY" { default = "" }

group "default" { targets = ["producers", "evaluator", "learner"] }

target "shared" {
  dockerfile = "containers/Dockerfile"
  args = {
    JDK_IMAGE  = JDK_IMAGE
    BASE_IMAGE = BASE_IMAGE
    CUDA_IMAGE = CUDA_IMAGE
  }
}

target "cpu" {
  inherits = ["shared"]
  target   = "cpu"
  output   = ["type=cacheonly"]
}

target "cuda" {
  inherits = ["shared"]
  target   = "cuda"
  output   = ["type=cacheonly"]
}

target "service" {
  contexts = { shared = "target:cpu" }
  args = {
    VERSION  = IMAGE_VERSION
    REVISION = IMAGE_REVISION
  }
}

target "producers" {
  inherits   = ["service"]
  dockerfile = "producers/Dockerfile"
  tags       = ["${IMAGE_REGISTRY}relive/producers:${IMAGE_VERSION}"]
}

target "evaluator" {
  inherits   = ["service"]
  dockerfile = "evaluator/Dockerfile"
  tags       = ["${IMAGE_REGISTRY}relive/evaluator:${IMAGE_VERSION}"]
}

target "learner" {
  inherits   = ["service"]
  dockerfile = "learner-service/Dockerfile"
  tags       = ["${IMAGE_REGISTRY}relive/learner:${IMAGE_VERSION}"]
}

target "learner-cuda" {
  inherits   = ["service"]
  dockerfile = "learner-service/Dockerfile"
  contexts   = { shared = "target:cuda" }
  tags       = ["${IMAGE_REGISTRY}relive/learner:${IMAGE_VERSION}-cuda"]
}
