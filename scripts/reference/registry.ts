/** Everything the features declare, read off the program itself without starting it: commands and buttons. */
import type { Command, Feature } from '../../src/telegram/feature.ts';
import { composeFeatures, type FeatureOptions } from '../../src/wiring/features.ts';

/** Stands for whatever a feature is given: it can be held, asked for parts and handed on; to call it is a mistake here. */
function held(path: string): object {
  const call = () => {
    throw new Error(`${path} is called, but nothing is running`);
  };
  return new Proxy(call, { get: (_, name) => held(`${path}.${String(name)}`) });
}

/** Every feature, as the program composes it. */
function declaredFeatures(): readonly Feature[] {
  return composeFeatures(held('options') as FeatureOptions).features;
}

export const declaredCommands = (): readonly Command[] =>
  declaredFeatures().flatMap((feature) => feature.commands ?? []);

/** 'scope:name' of every button. */
export const declaredButtons = (): string[] =>
  declaredFeatures().flatMap((feature) =>
    (feature.buttons ?? []).flatMap(({ scope, names }) => names.map((name) => `${scope}:${name}`)),
  );
