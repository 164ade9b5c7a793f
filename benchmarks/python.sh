# What a benchmark of Python code needs: an interpreter with the packages that ours stands beside.

packages='gymnasium[box2d]==1.3.0 numpy==2.4.6 MinAtar==1.0.15'

# Prints its path, having made it in the build's directory where that is needed; nothing where it
# can't be made.
gymnasium_python() {
  made=$target/python/made
  if [ "$(cat "$made" 2>/dev/null)" != "$packages" ]; then
    echo 'Installing Gymnasium from PyPI.' >&2
    # shellcheck disable=SC2086 # a list of words
    if python3 -m venv --clear "$target/python" >&2 &&
      "$target/python/bin/pip" install -q --disable-pip-version-check $packages >&2; then
      echo "$packages" >"$made"
    else
      echo 'Gymnasium could not be installed, so our environments will stand alone.' >&2
      return
    fi
  fi
  echo "$target/python/bin/python"
}
