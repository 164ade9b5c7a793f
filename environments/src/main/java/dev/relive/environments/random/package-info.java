/** NumPy's seeding and random streams, bit for bit. */
package dev.relive.environments.random;
