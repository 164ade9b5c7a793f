# What stands for prom/prometheus: Debian's.
FROM local/debian
COPY --from=debian prometheus promtool /bin/
RUN mkdir /prometheus && chown 65534:65534 /prometheus
VOLUME /prometheus
USER 65534
ENTRYPOINT ["/bin/prometheus"]
