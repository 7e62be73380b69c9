/** Reads a port from the command line. */
import { InvalidArgumentError } from 'commander';

/** 0 to 65535; 0 stands for any free port. Throws commander's InvalidArgumentError. */
export function parsePort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  return port;
}
