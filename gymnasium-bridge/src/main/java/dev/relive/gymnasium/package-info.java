/** Environments of Gymnasium, stepped by Python processes beside this one. */
package dev.relive.gymnasium;
