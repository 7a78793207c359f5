// The settings in groups, each in the colour of the network that it is about.
import { type SettingGroup, settingNames, settings } from '../../config/settings.ts';
import { stopRuleNames } from '../../config/stopping.ts';
import { usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import { AwayFields } from './AwayFields.tsx';
import { SettingField } from './SettingField.tsx';
import styles from './Settings.module.css';
import { useLock } from './Setup.tsx';
import { StopRuleField } from './StopRuleField.tsx';

const groups: readonly SettingGroup[] = ['data', 'generator', 'discriminator', 'optimizer'];

export function Settings() {
  const { fields, settingGroups } = useWords();
  const locked = useLock();
  const touched = usePageState((state) => state.touched);
  return (
    <div className={styles.settings}>
      <h2 className={styles.title}>{fields.title}</h2>
      <p className={styles.lock} id="settings-lock">
        {touched ? fields.locked : fields.canChange}
      </p>
      <div className={styles.groups}>
        {groups.map((group) => (
          <details key={group} className={styles.group} data-group={group} open>
            <summary>
              <h3>{settingGroups[group]}</h3>
            </summary>
            <div className={styles.fields}>
              {settingNames
                .filter((name) => settings[name].group === group)
                .map((name) => (
                  <SettingField key={name} name={name} lock={settings[name].live ? null : locked} />
                ))}
              {group === 'data' && stopRuleNames.map((name) => <StopRuleField key={name} name={name} />)}
              {group === 'data' && <AwayFields />}
            </div>
          </details>
        ))}
      </div>
    </div>
  );
}
