/** Configuration, lifecycle, health, metrics registry, HTTP endpoint. */
package dev.relive.service;
