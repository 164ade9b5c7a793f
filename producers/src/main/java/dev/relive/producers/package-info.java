/** The environment producer service. */
package dev.relive.producers;
