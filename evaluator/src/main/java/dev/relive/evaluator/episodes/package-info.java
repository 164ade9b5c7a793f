/** The episode topology: joins the segments of a stream to the episodes that they are pieces of. */
package dev.relive.evaluator.episodes;
