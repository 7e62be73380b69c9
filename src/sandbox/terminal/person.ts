/** Who sits at the terminal: name and language as the operating system knows them. */
import { userInfo } from 'node:os';

export interface Person {
  readonly firstName: string;
  /** Two letters, as Telegram gives it with the user. */
  readonly languageCode: string;
  /** BCP 47, for dates. */
  readonly locale: string;
}

/** The person of this environment; English where the locale says nothing. */
export function personOf(env: Readonly<Record<string, string | undefined>>): Person {
  const setting =
    [env['LC_ALL'], env['LC_TIME'], env['LANG']].find((value) => value !== undefined && value !== '') ?? '';
  const found = /^([a-z]{2})(?:[_-]([A-Za-z]{2}))?/.exec(setting);
  const language = found?.[1] ?? 'en';
  const region = found?.[2]?.toUpperCase();
  // English without a region writes times on 24 hours here, as Steward does.
  const locale = region ? `${language}-${region}` : language === 'en' ? 'en-GB' : language;
  return { firstName: firstName(), languageCode: language, locale };
}

function firstName(): string {
  try {
    const { username } = userInfo();
    return username === '' ? 'You' : username.charAt(0).toUpperCase() + username.slice(1);
  } catch {
    // A user id without an entry, as in many containers.
    return 'You';
  }
}
