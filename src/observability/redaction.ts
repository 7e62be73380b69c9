/** Second line of defence of the log: what looks like a secret, or was registered as one, never leaves; nor what somebody wrote. */
import { errorCode, errorMessage } from '../core/errors.ts';

const MASK = '[hidden]';

/** Shapes of secrets. Order matters: an address's password first, as it may contain any other shape. */
const PATTERNS: ReadonlyArray<[RegExp, string]> = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, MASK],
  // user:password@ in addresses; a password may hold an @ or a / itself.
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/:@?#"'<>]*:[^\s"'<>]+@/gi, `$1${MASK}@`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/"'<>]+@/gi, `$1${MASK}@`],
  // A bot's token, alone or in the address of a call.
  [/\d{5,}(?::|%3A)[A-Za-z0-9_-]{25,}/gi, MASK],
  // STEWARD_MASTER_KEY: an id and 32 bytes in base64.
  [/[\w.-]+:[A-Za-z0-9+/_-]{43}=?(?![A-Za-z0-9+/_=-])/g, MASK],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}/gi, `$1 ${MASK}`],
  [/\b(?:sk-|gh[pousr]_|github_pat_|xox[a-z]-|AGE-SECRET-KEY-1|whsec_)[\w-]{10,}/g, MASK],
  [/\b(?:(?:AKIA|ASIA)[0-9A-Z]{16}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*)/g, MASK],
  // S3 secret keys: 40 characters of base64, of every class, which a path or a commit is not.
  [
    /(?<![A-Za-z0-9/+=_.-])(?=[A-Za-z0-9/+]{0,39}[a-z])(?=[A-Za-z0-9/+]{0,39}[A-Z])(?=[A-Za-z0-9/+]{0,39}\d)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_.-])/g,
    MASK,
  ],
  [
    /((?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|signature|credential|authorization)[\w-]*\\?["']?\s*[:=]\s*)(?:\\?"[^"]*"|'[^']*'|[^\s"',;&]+)/gi,
    `$1${MASK}`,
  ],
];

/** Longest first: a secret may be a part of another. */
let hidden: readonly string[] = [];

/** Registers a value that must never be logged, as it is or encoded. Shorter ones than six characters would hide words. */
export function hideFromLogs(secret: string): void {
  if (secret.length < 6) return;
  const forms = [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
  ];
  hidden = [...new Set([...hidden, ...forms])].sort((a, b) => b.length - a.length);
}

/** `text` with everything secret masked. */
export function redact(text: string): string {
  let out = text;
  for (const secret of hidden) if (out.includes(secret)) out = out.replaceAll(secret, MASK);
  for (const [pattern, mask] of PATTERNS) out = out.replace(pattern, mask);
  return out;
}

/** Errors that quote names out of our own code and statements, never a value: SQL that names what is not there, slips of JavaScript. */
function quotesOwnNames(error: unknown): boolean {
  if (error instanceof ReferenceError) return true;
  if (error instanceof TypeError) return /\(reading '|is not (?:a function|iterable|a constructor)/.test(error.message);
  return /^42[0-9A-Z]{3}$/.test(errorCode(error) ?? '');
}

/** The message of anything thrown: secrets masked, and whatever is quoted in it, as that may be what a person wrote. Never throws. */
export function safeMessage(error: unknown): string {
  try {
    const message = redact(String(errorMessage(error)));
    return quotesOwnNames(error) ? message : message.replaceAll(/"[^"]*"|'[^']*'|«[^»]*»|“[^”]*”|`[^`]*`/g, '…');
  } catch {
    return 'an error that cannot be shown';
  }
}

/** The way to where it was thrown, without the message, which may hold what a person wrote. Undefined when there is none. */
export function safeStack(error: Error): string | undefined {
  const frames = String(error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at .*:\d+(?::\d+)?\)?$/.test(line));
  return frames.length === 0 ? undefined : redact(frames.map((line) => line.trim()).join('\n'));
}
