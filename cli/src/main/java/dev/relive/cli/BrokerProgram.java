package dev.relive.cli;

import dev.relive.broker.BrokerConfig;

/** What {@code relive broker} is told: the broker, and where its metrics and health are. */
record BrokerProgram(BrokerConfig broker, Endpoint endpoint) {}
