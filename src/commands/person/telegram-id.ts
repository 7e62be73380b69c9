/** Telegram ids as options of the command line give them. */
import { InvalidArgumentError } from 'commander';

/** A person's numeric id. Throws InvalidArgumentError, which commander tells. */
export function telegramId(text: string): number {
  const id = Number(text);
  if (!/^\d{1,16}$/.test(text) || !Number.isSafeInteger(id) || id === 0)
    throw new InvalidArgumentError('give a numeric Telegram id');
  return id;
}
