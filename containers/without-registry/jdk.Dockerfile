# What stands for eclipse-temurin: a JDK of this machine, and binutils.
FROM local/debian-binutils
COPY --from=jdk . /opt/java/openjdk
RUN rm -f /opt/java/openjdk/lib/security/cacerts
COPY --from=certificates cacerts /opt/java/openjdk/lib/security/
ENV PATH=/opt/java/openjdk/bin:$PATH
