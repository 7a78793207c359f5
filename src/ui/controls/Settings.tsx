// The settings in groups, each in the colour of the network that it is about.
import { type SettingGroup, settingNames, settings } from '../../config/settings.ts';
import { stopRuleNames } from '../../config/stopping.ts';
import { usePageState } from '../components/pageContext.ts';
import { AwayFields } from './AwayFields.tsx';
import { SettingField } from './SettingField.tsx';
import styles from './Settings.module.css';
import { useLock } from './Setup.tsx';
import { StopRuleField } from './StopRuleField.tsx';

const groups: readonly { readonly group: SettingGroup; readonly title: string }[] = [
  { group: 'data', title: 'Data and length' },
  { group: 'generator', title: 'Generator' },
  { group: 'discriminator', title: 'Discriminator' },
  { group: 'optimizer', title: 'Optimizer' },
];

export function Settings() {
  const locked = useLock();
  const touched = usePageState((state) => state.touched);
  return (
    <div className={styles.settings}>
      <h2 className={styles.title}>Settings</h2>
      <p className={styles.lock} id="settings-lock">
        {touched
          ? 'Reset to change these; the learning rates change at once.'
          : 'They can change until training starts.'}
      </p>
      <div className={styles.groups}>
        {groups.map(({ group, title }) => (
          <details key={group} className={styles.group} data-group={group} open>
            <summary>
              <h3>{title}</h3>
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
