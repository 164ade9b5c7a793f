# What stands for apache/kafka: the same Kafka, from Maven's jars, with what is used of the image's scripts and places.
FROM local/jdk
COPY --from=program lib /opt/kafka/libs
COPY kafka-bin /opt/kafka/bin
RUN chmod +x /opt/kafka/bin/* && mkdir -p /var/lib/kafka/data && chown 1000:0 /var/lib/kafka/data
VOLUME /var/lib/kafka/data
USER 1000:1000
