/** Settings and onboarding: what other features and the composition root may use of it. */
export { settingsFeature } from './bot.ts';
export { greetingLanguage, localeFor } from './service.ts';
export { zoneName } from './zones/places.ts';
