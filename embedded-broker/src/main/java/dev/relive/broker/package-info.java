/** A real single-node Kafka in the process, for a laptop and for tests. */
package dev.relive.broker;
