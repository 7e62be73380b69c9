/** Second line of defence of the log: what looks like a secret, or was registered as one, never leaves. */

const MASK = '[hidden]';

const PATTERNS: ReadonlyArray<[RegExp, string]> = [
  // A bot's token, alone or in the address of a call.
  [/\d{5,}:[A-Za-z0-9_-]{25,}/g, MASK],
  // user:password@ in addresses.
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${MASK}@`],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]+/gi, `$1 ${MASK}`],
  [/\b(sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|xox[a-z]-[A-Za-z0-9-]{10,}|AGE-SECRET-KEY-[A-Z0-9]+)/g, MASK],
  [/\b(password|passwd|secret|token|api_?key|authorization)(["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi, `$1$2${MASK}`],
];

const hidden = new Set<string>();

/** Registers a value that must never be logged, whatever it looks like. Shorter ones than six characters would hide words. */
export function hideFromLogs(secret: string): void {
  if (secret.length >= 6) hidden.add(secret);
}

/** `text` with everything secret masked. */
export function redact(text: string): string {
  let out = text;
  for (const secret of hidden) if (out.includes(secret)) out = out.replaceAll(secret, MASK);
  for (const [pattern, mask] of PATTERNS) out = out.replace(pattern, mask);
  return out;
}
