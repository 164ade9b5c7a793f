/**
 * The learner service: reads a run's segments in log order, learns, and publishes weights and
 * progress. {@link dev.relive.learner.LearnerPipeline} shows the whole way.
 */
package dev.relive.learner;
