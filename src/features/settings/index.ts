/** Settings and onboarding: what other features and the composition root may use of it. */
export { type SettingsDeps, settingsFeature } from './bot.ts';
export { greetingLanguage, localeFor, type ZoneChanged } from './service.ts';
export { zoneName } from './zones/places.ts';
