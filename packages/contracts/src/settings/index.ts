export { settingsDocument } from './document.ts';
export { PLACEHOLDER, readSettings, settingNames, type SettingsOf } from './schema-of.ts';
export { READERS, type Reader, type Setting } from './setting.ts';
export { SETTINGS, type SettingName } from './settings.ts';
