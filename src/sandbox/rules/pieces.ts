/** Cuts what a person typed into messages, as Telegram's clients do before they send. */
import { textLimit } from './text.ts';

/** The messages a text becomes: cut at a line's end where one is near, never through a surrogate pair; none for white space. */
export function* pieces(text: string): Generator<string> {
  let rest = text;
  while (rest.length > textLimit) {
    const line = rest.lastIndexOf('\n', textLimit);
    let cut = line > textLimit / 2 ? line + 1 : textLimit;
    const last = rest.charCodeAt(cut - 1);
    if (last >= 0xd800 && last <= 0xdbff) cut -= 1;
    yield rest.slice(0, cut);
    rest = rest.slice(cut);
  }
  if (rest.trim() !== '') yield rest;
}
