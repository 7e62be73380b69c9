/** Which addresses Telegram takes for links in a text and for buttons. */

/** Longer addresses are refused by Telegram. */
const LONGEST = 2048;

/** The address of a link in a text in its normal form, or undefined when it is none Telegram would open: https and tg only. */
export function textLinkAddress(href: string): string | undefined {
  return address(href, ['https:', 'tg:']);
}

/** The address of a button in its normal form, or undefined when Telegram would refuse the whole message for it. */
export function buttonAddress(href: string): string | undefined {
  return address(href, ['https:', 'http:', 'tg:']);
}

function address(href: string, protocols: readonly string[]): string | undefined {
  const url = URL.parse(href.trim());
  if (!url || !protocols.includes(url.protocol) || url.href.length > LONGEST) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  // "https://localhost" is no address for Telegram: a host has a dot.
  if (url.protocol !== 'tg:' && !url.hostname.includes('.')) return undefined;
  return url.href;
}
