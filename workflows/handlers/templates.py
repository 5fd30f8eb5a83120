"""What is done with templates."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.save_notice_words import SaveNoticeWords, save_notice_words
from workflows.commands.save_word_template import SaveWordTemplate, save_word_template

HANDLERS: Final[Mapping[type, Handler]] = {
    SaveNoticeWords: save_notice_words,
    SaveWordTemplate: save_word_template,
}
