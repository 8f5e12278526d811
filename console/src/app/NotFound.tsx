import { Button } from '@mui/material';
import ExploreOffOutlined from '@mui/icons-material/ExploreOffOutlined';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../components/EmptyState';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={ExploreOffOutlined} title={t('notFound.title')} text={t('notFound.text')}>
      <Button variant="contained" component={Link} to="/">{t('notFound.home')}</Button>
    </EmptyState>
  );
}
