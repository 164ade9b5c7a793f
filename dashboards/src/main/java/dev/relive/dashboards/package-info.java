/** Grafana dashboards and Prometheus rules, generated from one source so that they agree. */
@NullMarked
package dev.relive.dashboards;

import org.jspecify.annotations.NullMarked;
