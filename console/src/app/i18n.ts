import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['en', 'de'] as const;

export type Language = (typeof languages)[number];

type Texts = Record<string, unknown>;

const files = import.meta.glob<{ default: Texts }>('../**/texts.*.json');
const storageKey = 'surety.language';

/** The namespace of a file of texts: the folder it is in. `../features/devices/texts.en.json` is `devices`, and what stands beside this file is `app`. */
export function namespaceOf(path: string): string {
  const folder = path.split('/').at(-2);
  return folder === undefined || folder === '.' ? 'app' : folder;
}

function preferred(): Language {
  const wanted = [localStorage.getItem(storageKey), ...navigator.languages].map((language) => language?.slice(0, 2));
  return languages.find((language) => language === wanted.find((w) => languages.some((l) => l === w))) ?? 'en';
}

async function load(language: Language): Promise<void> {
  const own = Object.entries(files).filter(([path]) => path.endsWith(`texts.${language}.json`));
  const texts = await Promise.all(own.map(async ([path, read]) => [namespaceOf(path), (await read()).default] as const));
  for (const [namespace, content] of texts) i18next.addResourceBundle(language, namespace, content, true, true);
}

export async function startTexts(): Promise<void> {
  const language = preferred();
  await i18next.use(initReactI18next).init({
    lng: language, fallbackLng: 'en', defaultNS: 'app', fallbackNS: ['components', 'app'], resources: {},
    interpolation: { escapeValue: false }, react: { bindI18nStore: 'added' },
  });
  await Promise.all([load(language), language === 'en' ? null : load('en')]);
  document.documentElement.lang = language;
}

export async function setLanguage(language: Language): Promise<void> {
  await load(language);
  localStorage.setItem(storageKey, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
