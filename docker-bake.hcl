# The images of the services. containers/build makes what goes into them, and calls this.

# Other bases than those that containers/Dockerfile pins: a mirror's, say.
variable "JDK_IMAGE" { default = null }
variable "BASE_IMAGE" { default = null }
variable "CUDA_IMAGE" { default = null }

# Of the program, and the commit it was built from.
variable "VERSION" { default = "0.1.0-SNAPSHOT" }
variable "REVISION" { default = "unknown" }

# A registry to name the images for, such as "registry.example.org/".
variable "REGISTRY" { default = "" }

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
    VERSION  = VERSION
    REVISION = REVISION
  }
}

target "producers" {
  inherits   = ["service"]
  dockerfile = "producers/Dockerfile"
  tags       = ["${REGISTRY}relive/producers:${VERSION}"]
}

target "evaluator" {
  inherits   = ["service"]
  dockerfile = "evaluator/Dockerfile"
  tags       = ["${REGISTRY}relive/evaluator:${VERSION}"]
}

target "learner" {
  inherits   = ["service"]
  dockerfile = "learner-service/Dockerfile"
  tags       = ["${REGISTRY}relive/learner:${VERSION}"]
}

target "learner-cuda" {
  inherits   = ["service"]
  dockerfile = "learner-service/Dockerfile"
  contexts   = { shared = "target:cuda" }
  tags       = ["${REGISTRY}relive/learner:${VERSION}-cuda"]
}
