"""Messages, announcements, tags in rows of their own, availability, and uploads."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('announcement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sender_id', sa.Integer(), nullable=False),
    sa.Column('program_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.String(length=400), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('audience', sa.JSON(), nullable=False),
    sa.Column('readers', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['program_id'], ['program.id'], name=op.f('fk_announcement_program_id')),
    sa.ForeignKeyConstraint(['sender_id'], ['person.id'], name=op.f('fk_announcement_sender_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement'))
    )
    with op.batch_alter_table('announcement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_announcement_sender_id'), ['sender_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_announcement_sent_at'), ['sent_at'], unique=False)

    op.create_table('availability',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('weekly', sa.JSON(), nullable=False),
    sa.Column('days', sa.JSON(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_availability_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_availability')),
    sa.UniqueConstraint('person_id', name=op.f('uq_availability_person_id'))
    )
    op.create_table('persontag',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_persontag_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_persontag')),
    sa.UniqueConstraint('person_id', 'name', name=op.f('uq_persontag_person_id_name'))
    )
    with op.batch_alter_table('persontag', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_persontag_name'), ['name'], unique=False)

    op.create_table('upload',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(length=400), nullable=False),
    sa.Column('program_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(length=32), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('row_count', sa.Integer(), nullable=False),
    sa.Column('rows_done', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claimed_by', sa.String(), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_upload_person_id')),
    sa.ForeignKeyConstraint(['program_id'], ['program.id'], name=op.f('fk_upload_program_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload'))
    )
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_upload_batch_id'), ['batch_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_upload_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_upload_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_upload_status'), ['status'], unique=False)

    op.create_table('message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('relationship_id', sa.Integer(), nullable=False),
    sa.Column('sender_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['relationship_id'], ['relationship.id'], name=op.f('fk_message_relationship_id')),
    sa.ForeignKeyConstraint(['sender_id'], ['person.id'], name=op.f('fk_message_sender_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index('ix_message_thread', ['relationship_id', 'id'], unique=False)

    op.create_table('threadmark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('relationship_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('read_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_threadmark_person_id')),
    sa.ForeignKeyConstraint(['relationship_id'], ['relationship.id'], name=op.f('fk_threadmark_relationship_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_threadmark')),
    sa.UniqueConstraint('relationship_id', 'person_id', name=op.f('uq_threadmark_relationship_id_person_id'))
    )
    with op.batch_alter_table('threadmark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_threadmark_person_id'), ['person_id'], unique=False)

    op.create_table('uploadrow',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('upload_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('cells', sa.JSON(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('status', sa.String(length=32), nullable=False),
    sa.Column('problems', sa.JSON(), nullable=False),
    sa.Column('plan', sa.JSON(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_uploadrow_upload_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_uploadrow')),
    sa.UniqueConstraint('upload_id', 'number', name=op.f('uq_uploadrow_upload_id_number'))
    )
    with op.batch_alter_table('uploadrow', schema=None) as batch_op:
        batch_op.create_index('ix_uploadrow_status', ['upload_id', 'status'], unique=False)

    move_tags()
    op.execute('ALTER TABLE person DROP COLUMN tags')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mails_messages', sa.Boolean(), nullable=False, server_default=sa.true()))

    with op.batch_alter_table('relationship', schema=None) as batch_op:
        batch_op.add_column(sa.Column('thread_closed_at', sa.DateTime(timezone=True), nullable=True))



def downgrade() -> None:
    op.execute('ALTER TABLE relationship DROP COLUMN thread_closed_at')

    op.execute('ALTER TABLE person DROP COLUMN mails_messages')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tags', sa.JSON(), nullable=False, server_default='[]'))

    with op.batch_alter_table('uploadrow', schema=None) as batch_op:
        batch_op.drop_index('ix_uploadrow_status')

    op.drop_table('uploadrow')
    with op.batch_alter_table('threadmark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_threadmark_person_id'))

    op.drop_table('threadmark')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index('ix_message_thread')

    op.drop_table('message')
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_upload_status'))
        batch_op.drop_index(batch_op.f('ix_upload_person_id'))
        batch_op.drop_index(batch_op.f('ix_upload_created_at'))
        batch_op.drop_index(batch_op.f('ix_upload_batch_id'))

    op.drop_table('upload')
    with op.batch_alter_table('persontag', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_persontag_name'))

    op.drop_table('persontag')
    op.drop_table('availability')
    with op.batch_alter_table('announcement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_announcement_sent_at'))
        batch_op.drop_index(batch_op.f('ix_announcement_sender_id'))

    op.drop_table('announcement')


def move_tags() -> None:
    """Give each tag that was kept in a person's row a row of its own."""
    person = sa.table('person', sa.column('id', sa.Integer()), sa.column('tags', sa.JSON()))
    persontag = sa.table('persontag', sa.column('person_id', sa.Integer()), sa.column('name', sa.String()))
    rows = op.get_bind().execute(sa.select(person.c.id, person.c.tags)).all()
    tags = [{'person_id': row.id, 'name': name[:100]} for row in rows for name in dict.fromkeys(row.tags or [])]
    if tags:
        op.bulk_insert(persontag, tags)
