/** The learner service: ingest, replay, sample, update, publish. */
package dev.relive.learner;
