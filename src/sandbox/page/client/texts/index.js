/** The words of the page in the browser's language. */
import { en } from './en.js';
import { ru } from './ru.js';

const preferred = navigator.languages.find((tag) => /^(?:en|ru)\b/i.test(tag)) ?? 'en';

export const language = /^ru\b/i.test(preferred) ? 'ru' : 'en';
export const words = language === 'ru' ? ru : en;
