import type { Metadata } from 'next';
import { OperationPage } from '../../../../../features/operations/operation-page.tsx';

export const metadata: Metadata = { title: 'Maintenance' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <OperationPage id={(await params).id} />;
}
