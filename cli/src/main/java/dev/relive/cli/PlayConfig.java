package dev.relive.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code relive play} is told.
 *
 * @param environment what is played; where nothing is said of it, what the policy's run learned
 * @param seed of the first episode; each other has one more than the one before
 * @param framesPerSecond of pictures that move
 * @param gif where to save an episode
 * @param force whether to overwrite that file
 */
record PlayConfig(
    LogPlace log,
    EnvironmentChoice environment,
    PolicyChoice policy,
    int episodes,
    long seed,
    int framesPerSecond,
    Optional<Path> gif,
    boolean force)
    implements ToolConfig {}
