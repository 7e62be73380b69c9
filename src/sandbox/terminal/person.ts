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
  const words = parseLocale(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG']);
  const dates = parseLocale(env['LC_ALL'] || env['LC_TIME'] || env['LANG']);
  // English without a region writes times on 24 hours here, as Steward does.
  const locale = dates.region
    ? `${dates.language}-${dates.region}`
    : dates.language === 'en'
      ? 'en-GB'
      : dates.language;
  return { firstName: firstName(), languageCode: words.language, locale };
}

/** The parts of a POSIX locale such as `ru_RU.UTF-8`; `C` is English. */
function parseLocale(setting = ''): { readonly language: string; readonly region: string | undefined } {
  const found = /^([a-z]{2})(?:_([A-Za-z]{2}))?(?![A-Za-z])/.exec(setting);
  return { language: found?.[1] ?? 'en', region: found?.[2]?.toUpperCase() };
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
