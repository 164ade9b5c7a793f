# What `run` and `learning` share: builds the benchmarks where that is needed, then starts one.

root=$(cd "$(dirname "$0")/.." && pwd)
target=$root/benchmarks/target

# Prints a source that is newer than what was built; nothing when there is none.
newer() {
  if [ ! -f "$target/built" ]; then
    echo "$root/pom.xml"
  else
    find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main -newer "$target/built" | head -n 1
  fi
}

build() {
  mkdir -p "$target"
  : >"$target/started"
  "$root/mvnw" -q -B -f "$root/pom.xml" -pl benchmarks -am package -Dmaven.test.skip=true \
    -Dspotless.check.skip=true >&2
  mv "$target/started" "$target/built"
}

# Becomes a Java program with the options of the relive launcher; its class comes first.
exec_java() {
  if [ -n "$(newer)" ]; then
    echo 'Building the benchmarks.' >&2
    build
  fi
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  exec "$java" -Xmx2g -XX:+UseParallelGC -Dai.djl.offline=true -DOPT_OUT_TRACKING=true \
    -cp "$target/benchmarks-0.1.0-SNAPSHOT.jar:$target/lib/*" "$@"
}
