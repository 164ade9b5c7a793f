/** The contract: topics, records, reader and writer of the durable experience log. */
package dev.relive.log;
