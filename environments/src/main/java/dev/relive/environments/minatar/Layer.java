package dev.relive.environments.minatar;

/**
 * How a picture shows what is in a channel.
 *
 * @param channel its number
 * @param name what it holds
 * @param letter for text
 * @param colour red, green and blue, 8 bits each
 */
record Layer(int channel, String name, char letter, int colour) {}
