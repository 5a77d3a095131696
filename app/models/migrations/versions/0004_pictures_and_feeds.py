"""Pictures, feeds and the day before a group session."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('picture',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_picture'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('feed_number', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('minimum_checked_at', sa.DateTime(timezone=True), nullable=True))



def downgrade() -> None:
    op.execute('ALTER TABLE session DROP COLUMN minimum_checked_at')
    op.execute('ALTER TABLE person DROP COLUMN feed_number')
    op.drop_table('picture')
