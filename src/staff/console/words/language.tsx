// The console's language and its texts: Arabic first, English beside it, remembered on this device.
import { DirectionProvider, useDirection } from '@mantine/core';
import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { texts } from 'virtual:words';
import { compileTemplate, render } from '../../../engine/text/template.js';
import type { Template } from '../../../engine/text/template.js';

export type Language = keyof typeof texts;
export const LANGUAGES = ['ar', 'en'] as const satisfies readonly Language[];

/** Gives the text of a key with its values in it. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

interface Words {
  language: Language;
  say: Say;
  choose: (language: Language) => void;
}

const Context = createContext<Words | null>(null);
const STORED = 'sila.language';

export function LanguageProvider({ children }: { children: ReactNode }) {
  return (
    <DirectionProvider initialDirection={directionOf(stored())} detectDirection={false}>
      <Provider>{children}</Provider>
    </DirectionProvider>
  );
}

export function useWords(): Words {
  const words = use(Context);
  if (words === null) throw new Error('useWords outside LanguageProvider');
  return words;
}

export function useSay(): Say {
  return useWords().say;
}

/** A text of another language than the screen's: what a person will read. */
export function sayIn(language: string, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const known: Language = language === 'en' ? 'en' : 'ar';
  const template = templateOf(known, key);
  return render(template, (name) => valueOf(values[name]), known);
}

/** Whether there is a text under a key: for codes that another room may add to. */
export function knows(key: string): boolean {
  return key in texts.ar;
}

function Provider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(stored);
  const { setDirection } = useDirection();
  const choose = useCallback((next: Language) => {
    localStorage.setItem(STORED, next);
    setLanguage(next);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
    setDirection(directionOf(language));
  }, [language, setDirection]);
  const words = useMemo<Words>(
    () => ({ language, choose, say: (key, values = {}) => sayIn(language, key, values) }),
    [language, choose],
  );
  return <Context value={words}>{children}</Context>;
}

const compiled = new Map<string, Template>();

function templateOf(language: Language, key: string): Template {
  const name = `${language}|${key}`;
  const found = compiled.get(name) ?? compileTemplate(texts[language][key] ?? key);
  compiled.set(name, found);
  return found;
}

function valueOf(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function stored(): Language {
  return localStorage.getItem(STORED) === 'en' ? 'en' : 'ar';
}

function directionOf(language: Language): 'rtl' | 'ltr' {
  return language === 'ar' ? 'rtl' : 'ltr';
}
