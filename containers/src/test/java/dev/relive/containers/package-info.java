/** The images and docker-compose.yml, run. */
@NullMarked
package dev.relive.containers;

import org.jspecify.annotations.NullMarked;
