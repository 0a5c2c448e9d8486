# Answers ---------------------------------------------------------------------------------------

familiarity-close = The style is a close match for the catalogue.
familiarity-loose = Nothing is quite like it; these come nearest.
familiarity-none = Nothing in the catalogue is drawn like this; take the list with a grain of salt.

familiarity-close-short = Close
familiarity-loose-short = Loose
familiarity-none-short = Unknown

answer-title = Webtoons drawn like this
answer-like-title = Webtoons drawn like “{ $title }”
answer-artists = Likeliest artists
answer-artist-share = { $artist } { $percent }%
answer-time = Answered in { $milliseconds } ms by generation { $generation }.
answer-crops = { $count ->
    [one] One part of the picture was looked at.
   *[other] { $count } parts of the pictures were looked at.
}

answer-one-of-one = If an artist of the catalogue drew it, it was { $artists } ({ $percent }% sure).
answer-one-of-several = If an artist of the catalogue drew it, it was one of these { $count } ({ $percent }% sure): { $artists }.
answer-duplicate = This is the thumbnail of episode { $episode } of “{ $title }”.
answer-duplicate-of = Picture { $number } is the thumbnail of episode { $episode } of “{ $title }”.

train-forecast = Artists: { $artists }, thumbnails: { $pictures }; on this machine it takes about { $time }.
train-confirm = Start?
train-follows = Retrain { $job } is running already and is followed from here on; Ctrl-C ends it.
moving-to-starter = This Grimche ships a newer starter; the catalogue’s pictures are looked at anew, once.
moved-to-starter = Generation { $generation } has looked at { $count } pictures and serves now.

score-label = Score
score-value = { $percent }%
score-very-close = very close
score-close = close
score-loose = loose
score-far = far

match-rank = No. { $rank }
match-title = Title
match-artists = Artists
match-platform = Platform
match-episode = Episode { $episode }
match-link = Read it
match-episode-label = Episode
match-link-label = Link
match-rank-label = Rank

platform-naver = Naver Webtoon
platform-kakaopage = KakaoPage
platform-kakao = Kakao Webtoon
platform-webtoons = WEBTOON
platform-daum = Daum Webtoon
platform-folder = Own collection
platform-sample = Sample

# The web page ----------------------------------------------------------------------------------

web-title = Grimche · webtoons drawn alike
web-tagline = Send a picture, get the ten webtoons drawn most alike.
web-holds = Knows { $webtoons } webtoons by { $artists } artists
web-skip = Skip to the message box
web-choices = Page settings
web-new-chat = Start over
web-theme = Switch between light and dark
web-language = Language
web-needs-script = This page needs JavaScript.

web-conversation = Conversation
web-greeting-title = Show me a drawing!
web-greeting = I look at its lines, colours and shading, and find the ten webtoons drawn most alike. Drop a picture anywhere, paste it or its address, or take a photo. Several at once are taken as one artist’s.
web-privacy = Your pictures are only looked at, and forgotten at once. Nothing is stored.
web-samples = Or try one of these
web-sample-label = Sample picture { $number }

web-composer = Message
web-tray = Pictures to send
web-words = Send a picture or a title
web-placeholder = Drop a picture, or type a title or an address
web-choose = Choose pictures
web-take-photo = Take a photo
web-send = Send
web-remove = Remove
web-drop-here = Drop it here
web-drop-more = and see the webtoons drawn most alike
web-drop-no-file = That was no picture file; save the picture first, then drop or paste it.

web-you = You
web-your-picture = Your picture
web-your-pictures = Your { $count } pictures
web-best = Most like “{ $title }” by { $artists }.
web-nearest = The nearest in the catalogue
web-like-query = More like “{ $title }”
web-thinking = Looking at the drawing…
web-searching = Leafing through the titles…
web-artists-near = Judged by how alike the hands are in this catalogue; the rest up to 100% is somebody else. Not a proof of who drew it.
web-artists-trained = How likely each artist drew it, among those that Grimche has learned; not a proof.
web-thumbnail-of = Thumbnail of “{ $title }”, episode { $episode }
web-compare = Compare side by side
web-score-meaning = How alike the drawing styles are: 100% is the same hand, not the same picture.
web-more-like-this = More like this
web-save-sheet = Save as one picture
web-details = Answered in { $milliseconds } ms
web-milliseconds = { $milliseconds } ms
web-stage-decode = Open the pictures
web-stage-encode = Look at the style
web-stage-search = Compare with the catalogue
web-crops = Parts looked at
web-generation = Generation
web-close = Close
web-previous = Previous
web-next = Next

web-search-found = Titles and artists like “{ $text }”: { $count }
web-search-empty = No title or artist like “{ $text }”.
web-search-help = A part of a title or of an artist’s name is enough.
web-episodes = Episodes: { $count }

web-error = Error
web-error-of-file = { $name }: { $sentence }
web-retry = Try again
web-offline = Grimche cannot be reached; is it still running?

# Why ------------------------------------------------------------------------------------------

why-title = Why “{ $title }”?
why-button = Why?
why-thinking = Looking closely…
why-similarity = These two pictures are { $percent }% alike in style.
why-patches = The three pairs of patches that agree most have the same number and frame.
why-heat = Warm places add to the likeness, cold ones speak against it.
why-show-heat = Show the heat map
why-percentiles = Place among { $count } thumbnails of the catalogue: 0 is the least, 100 the most.
why-no-places = This generation cannot say where it looked; only colours and lines are compared.
why-trait = Trait
why-yours = Your picture
why-theirs = The match
why-palette = Palette
why-palette-of = Palette of { $name }: { $colours }
why-place-of = { $name }: { $percent } of 100

trait-line-weight = Line weight
trait-line-weight-low = thin
trait-line-weight-high = thick
trait-dark-line = Dark lines
trait-dark-line-low = few
trait-dark-line-high = many
trait-flatness = Flat areas
trait-flatness-low = few
trait-flatness-high = many
trait-contrast = Contrast
trait-contrast-low = soft
trait-contrast-high = strong
trait-saturation = Saturation
trait-saturation-low = muted
trait-saturation-high = vivid
trait-texture = Texture
trait-texture-low = smooth
trait-texture-high = grainy

# Chats ----------------------------------------------------------------------------------------

chat-waiting = Many people are asking; you are number { $place } in line…
chat-more-like = Like no. { $rank }
chat-why = Why no. { $rank }?
chat-details = Details
chat-back = Back
chat-next-picture = Next picture
chat-send-next = Send me the next picture as a reply to this message.
chat-next-placeholder = A picture, sticker or link
chat-show-anyway = Show the nearest anyway
chat-adult-left-out = { $count ->
    [one] One work for adults is left out here; in a private chat I show it.
   *[other] { $count } works for adults are left out here; in a private chat I show them.
}
chat-thanks = Thank you, noted!
chat-taken-back = Taken back.
chat-not-yours = Only the person who asked can press this.
chat-error-of-picture = Picture { $number }: { $sentence }
chat-apology = Sorry, I was interrupted before I could answer this. Please send it again.
chat-maybe-lost = I am not sure that my answer has reached you. If you do not see it, please send the picture again.
chat-hint = Send me a picture, a sticker, a GIF or a link to a picture, and I find the webtoons drawn most alike.

# Commands of chats ----------------------------------------------------------------------------

chat-hello =
    Hello! I am Grimche. Send me a drawing, and I find the ten webtoons drawn most alike, and who may have drawn it.

    A picture, sticker, GIF, link or several pictures at once will do, and so will a title. /help has the rest.
chat-hello-group =
    Hello! I find webtoons by their drawing style.

    Reply to a picture with /similar, or send one that mentions { $mention }; I keep quiet otherwise. Admins can change how I answer:
chat-try = Try it with this picture
chat-add-to-group = Add me to a group
chat-open-private = Open the private chat

chat-help =
    Send me a picture, and I find the webtoons drawn most alike. Several at once are taken as one artist’s.

    /similar title – webtoons drawn like this one; as a reply to a picture, like that
    /like 2 – as a reply to my answer: more like no. 2
    /why 2 – as a reply to my answer: why no. 2?
    /webtoon title – what I know about it
    /artist name – what they drew
    /settings – language, form and number of results
    /language – language only
    /feedback words – write to the admins
    /privacy – what I keep
    /forgetme – remove it
    /about – version and catalogue

    In other chats, write { $mention } and a title.
chat-help-group =
    Reply to a picture with /similar, or send one that mentions { $mention }, and I find the webtoons drawn most alike.

    /similar title – webtoons drawn like this one
    /like 2, /why 2 – as a reply to my answer
    /webtoon title, /artist name – what I know
    /settings – for the admins of this group

    If I miss mentions, make me an admin or switch my privacy mode off; replies and commands always reach me.
chat-help-admin =
    For admins: /status, /stats 7, /ban id reason (or as a reply), /unban id, /scrape, /retrain, /rollback, /generations
chat-about =
    Grimche { $version }, MIT AND Apache-2.0
    Generation: { $generation }
    Catalogue: { $webtoons } webtoons by { $artists } artists, { $pictures } thumbnails
chat-privacy =
    Your pictures are only looked at in memory, and never stored.

    Kept for 30 days: a fingerprint of the picture, my answer, the network’s names for the files, when and how long it took, your thumb, and a hash that stands for you. Your id is not among them, except where you write to the admins with /feedback: then the chat, so that they can answer.

    Kept until you change them: the settings of a chat, under a hash. Texts are not kept or logged.

    /forgetme removes all of it at once; only a ban stays.

chat-usage-similar = Reply to a picture with /similar, or write a title behind it: /similar title
chat-usage-webtoon = Write a title behind it: /webtoon title
chat-usage-artist = Write a name behind it: /artist name
chat-usage-like = Reply to one of my answers with /like and a rank, or write a title: /like 2, /like title
chat-usage-why = Reply to one of my answers with /why and a rank: /why 2
chat-which = Several webtoons fit “{ $title }”. Which one?
chat-which-artist = Several artists fit “{ $name }”. Who?
chat-no-artist = No artist in the catalogue is called “{ $name }”; try a part of the name.
chat-no-title = I know no title or artist like “{ $title }”. Send me a picture, and I find the webtoons drawn most alike.
chat-adult-elsewhere = This is a work for adults; I show it in a private chat only.
chat-for-adults = for adults
chat-more-like-this = More like this
chat-more-by = More by { $artist }
chat-artist-works = { $artist }: { $count ->
    [one] one webtoon
   *[other] { $count } webtoons
}
chat-and-more = and { $count } more
chat-episodes = { $count ->
    [one] one episode
   *[other] { $count } episodes
}
chat-credit-painter = Art: { $names }
chat-credit-writer = Story: { $names }
chat-credit-original = Original: { $names }
chat-status-ongoing = ongoing
chat-status-hiatus = on hiatus
chat-status-finished = finished
chat-status-gone = no longer available

chat-settings = How shall I answer here?
chat-choose-language = Which language shall I speak here?
chat-language-auto = As the app
chat-form-sheet = One sheet
chat-form-album = Album
chat-results = { $count ->
    [one] 1 result
   *[other] { $count } results
}
chat-automatic = Answer every picture
chat-done = Done
chat-chosen = Noted.
chat-settings-done = All set. /settings opens this again.
chat-group-admins-only = Only the admins of this group can change that.

chat-feedback-ask = What would you like to tell the admins? Reply to this message.
chat-feedback-sent = Thank you! The admins have it; their answer comes here.
chat-feedback-nobody = No admin can be reached right now; please try again later.
chat-feedback-from = From { $name }:
chat-feedback-answer = An answer from the admins
chat-feedback-answered = Your answer is on its way.
chat-feedback-forgotten = It is too long ago; I do not know any more who wrote this.
chat-feedback-unreachable = They cannot be reached any more.

chat-forget-ask = Shall I forget all I keep of you: questions, answers, thumbs, messages to the admins, and the settings of your private chat? This cannot be undone.
chat-forget-yes = Forget me
chat-forget-no = Keep it
chat-forgotten = { $count ->
    [0] There was nothing that I kept of you.
    [one] Done: one entry is gone for good.
   *[other] Done: { $count } entries are gone for good.
}
chat-forget-kept = Nothing was removed.

chat-guest-usage = Mention me in a reply to a picture, or with a title, and I find the webtoons drawn most alike.
chat-inline-empty = No title like “{ $title }”; send me a picture
chat-inline-hint = Or send me a picture
chat-inline-more = Webtoons drawn like this

chat-admins-only = This is for the bot’s admins.
chat-ban = Ban
chat-unban = Lift the ban
chat-banned = { $id } is banned.
chat-banned-because = { $id } is banned: { $reason }
chat-unbanned = { $id } may ask again.
chat-not-banned = { $id } was not banned.
chat-ban-told = { $admin } has banned { $id }: { $reason }
chat-no-reason = no reason given
chat-ban-usage = Reply to a message with /ban and a reason, or name the id: /ban 12345 reason
chat-unban-usage = Reply to a message with /unban, or name the id: /unban 12345
chat-ban-admin = Admins cannot be banned.
chat-ban-nobody = Whoever writes as a group or channel cannot be banned from here.

backup-failed = There is no backup of today.
scrape-runs = Scraping, for { $time } now
scrape-already = A scrape is running already.
scrape-asks = { $platform }: asking what there is…
scrape-visits = { $platform }: { $webtoons } of { $total } webtoons, { $pictures } new thumbnails
scrape-embeds = { $platform }: embedding what is new, { $percent }%
scrape-brought = { $platform }: { $webtoons } new { $webtoons ->
    [one] webtoon
   *[other] webtoons
}, { $episodes } new { $episodes ->
    [one] episode
   *[other] episodes
}{ $artists ->
    [0] .
    [one] , one new artist.
   *[other] , { $artists } new artists.
}
scrape-skipped = Skipped: { $count }.
scrape-stop = Stop
scrape-stopped = The scrape was stopped; the next one goes on from here.
scrape-done = The scrape is done.
scrape-interrupted = The scrape was interrupted; the next one goes on from here.
scrape-elsewhere = Another process is scraping, for { $time } now: { $percent }%
scrape-stopping = The scrape is being stopped, after { $time }…
scrape-none = No scrape is running.
scrape-usage = Name what to scrape, such as /scrape naver: { $platforms }. /scrape stop ends it. Without a name, the platforms of GRIMCHE_SCRAPE_PLATFORMS are meant, which is empty.
scrape-degraded = What is there was kept. What the platform sent is outlined in logs/drift/{ $file }; `grimche scrape --check` says which fields are missing.
scrape-news = New in the catalogue

time-minutes = { $count ->
    [one] one minute
   *[other] { $count } minutes
}
time-hours = { $count } hours
retrain-ask =
    Train a new generation on { $artists } artists with { $minimum } thumbnails or more, { $pictures } thumbnails in all?

    On this machine it takes about { $time }. Questions are answered meanwhile, and the new generation serves only if it is not worse.
retrain-go = Start
retrain-leave = Leave it
retrain-left-alone = Nothing was changed.
retrain-init-starter = From the starter
retrain-init-current = From the present one
retrain-init-scratch = From scratch
retrain-quick = Quick
retrain-full = Full
retrain-minimum = { $count } or more
retrain-already = A retrain is running already.
retrain-runs = Retraining, for { $time } now: { $percent }%
retrain-stopping = The retrain is being stopped, after { $time }…
retrain-cancel = Cancel
retrain-cancelled = The retrain was cancelled; the present generation goes on serving.
retrain-failed = The retrain failed; the present generation goes on serving.
retrain-stage-collect = Collecting thumbnails
retrain-stage-train = Learning
retrain-stage-export = Making it small
retrain-stage-embed = Embedding the catalogue
retrain-stage-compare = Comparing it with the present generation
retrain-epoch = Epoch { $epoch } of { $epochs }, loss { $loss }
retrain-score = Right artist among held-out episodes: { $percent }
retrain-left = About { $time } left
retrain-serves = Generation { $generation } serves now.
retrain-kept = Generation { $generation } is ready, but does not serve.
retrain-worse = It finds artists less often than the one before, by more than chance explains.
retrain-not-worse = It does not find artists less often than the one before, as far as can be told.
retrain-measure-episodes = { $number }: right artist for { $asked } thumbnails of held-out episodes
retrain-measure-webtoons = { $number }: right artist for { $asked } thumbnails of held-out webtoons
retrain-row = { $number }  before { $before }  after { $after }  ({ $interval })
retrain-promote = Promote anyway
retrain-discard = Discard
rollback-ask = Generation { $generation } serves now. Shall the one that served before it serve again?
rollback-go = Go back
promote-runs = Generation { $generation } is being made ready to serve: { $percent }%
promote-failed = Generation { $generation } does not serve: the change came to no end, and may be tried again.
rollback-changed = Generation { $generation } serves by now; nothing was changed.
generations-list = Generations (● serves now)
generations-line = { $sign } { $generation }, made { $made }, { $artists } artists learned
generations-serve = Let { $generation } serve
generations-drop = Discard generation { $generation } for good?
generations-discard = Discard { $generation }
discard-runs = Generation { $generation } is being removed…
discard-failed = Generation { $generation } was not removed completely; it may be tried again.
generations-gone = Generation { $generation } is gone.

chat-status =
    Grimche { $version }
    Generation: { $generation }, { $vectors } vectors
    Catalogue: { $webtoons } webtoons, { $artists } artists, { $episodes } episodes, { $pictures } thumbnails
    Data: { $megabytes } MB, { $free } GB free on its disk
chat-status-not-serving = No process serves this data folder.
chat-status-process = Serving for { $uptime }, { $megabytes } MB of memory
chat-status-stuck = It has not given a sign of life since { $at } UTC.
chat-status-queue = Queue: { $running } working, { $waiting } waiting, { $rejected } sent away
chat-status-door = { $door }: { $state } since { $since } UTC
chat-status-faults = Latest errors
chat-status-fault = { $when } UTC · { $reference } · { $sentence }
chat-door-open = open
chat-door-away = its network does not answer
chat-door-broken = broken, it opens again
chat-door-closed = closed
chat-status-jobs = Latest jobs
chat-status-job = { $kind } by { $who }: { $state }, { $percent }%
chat-stats =
    Since { $since } (UTC)
    Questions: { $queries }, answered { $answered }, failed { $failed }
    People: { $people }
    Seconds to an answer: median { $median }, 95% within { $p95 }
    👍 { $up }  👎 { $down }
chat-stats-days = Day, questions, people
chat-stats-generation = { $generation }: { $answers } answers, 👍 { $up }  👎 { $down }
chat-complaints = Answers that were judged bad
chat-complaint = { $when } UTC · { $generation } · { $titles } · { $reference }
stats-queries = questions
stats-failed = failed
stats-median = median, s
stats-p95 = 95% within, s
stats-up = thumbs up
stats-down = thumbs down
stats-by-day = Questions by day (UTC)
stats-by-generation = Feedback by generation

chat-command-similar = Webtoons drawn like a picture or a title
chat-command-like = More like one of my matches, or like a title
chat-command-why = Why a match is one
chat-command-webtoon = What I know about a webtoon
chat-command-artist = What an artist drew
chat-command-settings = Language, form and number of results
chat-command-language = Choose the language
chat-command-feedback = Write to the admins
chat-command-privacy = What is kept, and for how long
chat-command-forgetme = Remove what is kept of you
chat-command-about = Version, licence and catalogue
chat-command-start = Begin, with a picture to try
chat-command-help = What I can do
chat-command-status = How Grimche stands
chat-command-stats = How much it is used
chat-command-ban = Shut somebody out
chat-command-unban = Let somebody in again
chat-command-scrape = Bring the catalogue up to date
chat-command-retrain = Train a new generation
chat-command-rollback = Go back to the generation before
chat-command-generations = Which generations there are, and which serves

telegram-description = Send me a drawing: I find the ten webtoons drawn most alike, and who may have drawn it. Pictures are never stored.
telegram-short-description = Finds webtoons by their drawing style. Send a picture!

# Commands of Discord: their names there, and their options ------------------------------------

discord-name-similar = similar
discord-name-like = like
discord-name-why = why
discord-name-webtoon = webtoon
discord-name-artist = artist
discord-name-help = help
discord-name-about = about
discord-name-privacy = privacy
discord-name-forgetme = forgetme
discord-name-feedback = feedback
discord-name-language = language
discord-name-settings = settings
discord-name-status = status
discord-name-stats = stats
discord-name-ban = ban
discord-name-unban = unban
discord-name-scrape = scrape
discord-name-retrain = retrain
discord-name-rollback = rollback
discord-name-generations = generations
discord-menu-similar = Find similar art
discord-menu-avatar = Find art like this avatar
discord-about-like = Webtoons drawn like one of the catalogue
discord-about-why = Why a match of your latest answer here is one
discord-about-settings = Language, channels, and who sees my answers here

discord-option-image = image
discord-option-image-about = A picture in whose style I shall look
discord-option-image2 = image2
discord-option-image2-about = Another picture by the same artist
discord-option-image3 = image3
discord-option-image3-about = A third picture by the same artist
discord-option-title = title
discord-option-title-about = A part of the title will do
discord-option-name = name
discord-option-name-about = A part of the name will do
discord-option-private = private
discord-option-private-about = Whether only you shall see the answer
discord-option-rank = rank
discord-option-rank-about = Its number in the answer
discord-option-language = language
discord-option-language-about = The language in which I answer you
discord-option-words = words
discord-option-words-about = What you would like to say
discord-option-platform = platform
discord-option-platform-about = Which one, or stop to end it
discord-option-user = user
discord-option-user-about = Whom; an id will do
discord-option-reason = reason
discord-option-reason-about = Told to the other admins, and not kept
discord-option-days = days
discord-option-days-about = How many days back

discord-help =
    Give me a picture, and I find the webtoons drawn most alike.

    /{ discord-name-similar } image – with a picture; several are taken as one artist’s. With private, only you see the answer
    /{ discord-name-similar } title, /{ discord-name-like } title – webtoons drawn like this one
    /{ discord-name-why } – why a match of your latest answer is one
    /{ discord-name-webtoon } title, /{ discord-name-artist } name – what I know
    On a message: Apps › Find similar art. On a person: Apps › Find art like this avatar
    Or mention me beside a picture, or send me one directly

    /{ discord-name-language } – the language in which I answer you
    /{ discord-name-settings } – for those who manage this server
    /{ discord-name-feedback } words – write to the admins
    /{ discord-name-privacy }, /{ discord-name-forgetme } – what I keep, and how to remove it
    /{ discord-name-about } – version and catalogue
discord-help-admin = For admins, in their own server: /{ discord-name-status }, /{ discord-name-stats }, /{ discord-name-ban }, /{ discord-name-unban }, /{ discord-name-scrape }, /{ discord-name-retrain }, /{ discord-name-rollback }, /{ discord-name-generations }
discord-privacy = { chat-privacy }
discord-adult-elsewhere = This is a work for adults; I show it in age-restricted channels only.
discord-choose = Choose…
discord-language-chosen = From now on I answer you like this.
discord-settings =
    How shall I answer in this server?

    People’s own /{ discord-name-language } comes first. In channels that are not chosen I keep quiet, except for answers that only one person sees.
discord-settings-language = Language
discord-settings-language-auto = As each person’s app
discord-settings-answers = Who sees answers
discord-settings-public = Everybody sees answers
discord-settings-private = Only those who asked see answers
discord-settings-channels = Channels in which I answer (none chosen: all)
discord-settings-automatic = Channels in which I answer every picture
discord-settings-no-automatic = To answer every picture of a channel, I would need the message content intent, which whoever runs me has not switched on.
discord-managers-only = Only those who may manage this server can change that.
discord-servers-only = This is for servers; use it in one.
discord-closed-here = The managers of this server have chosen other channels for me; here only you can see my answers.
discord-job-direct = I write to you directly how it goes.
discord-job-unreachable = I cannot write to you directly; /{ discord-name-status } says how it goes.
discord-feedback-sent = Thank you! The admins have it; their answer comes as a direct message.

# Errors: one sentence that says what was wrong and what to do ----------------------------------

error-unexpected = Something went wrong on our side; please try again.
error-reference = Something went wrong on our side (reference { $reference }); please try again.
error-settings = These settings need mending: { $faults }
error-picture = This picture cannot be used.
error-empty-file = The file is empty; send the picture again.
error-not-a-picture = This is not a picture; send a JPEG, PNG, WebP, GIF, BMP or AVIF file.
error-page-not-picture = This address leads to a web page, not to a picture; open the picture by itself and send its address.
error-unsupported-format = { $format } pictures cannot be read; save it as JPEG or PNG and send it again.
error-damaged-picture = The picture is damaged or was cut off on its way; send it again.
error-picture-too-small = The picture is too small ({ $width }×{ $height }); each side needs { $minimum } pixels.
error-picture-too-large = The picture is too large ({ $width }×{ $height }); { $maximum } million pixels are the limit.
error-file-too-large = The file is too large ({ $size } MB); { $maximum } MB are the limit.
error-too-many-pictures = These are { $count } pictures; send at most { $maximum } at once.
error-address-refused = This address is not opened; send an http or https address that everybody can see, or the picture itself.
error-address-unreachable = No picture could be had from { $host }; check the address, or send the picture itself.
error-catalogue = The catalogue cannot answer this.
error-empty-catalogue = The catalogue is empty; fill it with `grimche import DIR` or `grimche scrape --source sample`.
error-webtoon-not-found = No webtoon in the catalogue is called “{ $title }”; try a part of its title.
error-artist-not-found = “{ $alias }” and “{ $artist }” cannot be joined: one of them is no artist of the catalogue.
error-folder = { $folder } cannot be imported: { $fault }
error-storage = The database { $path } cannot be used: { $fault }
error-database-locked = Another process is writing to { $path }; try again in a moment.
error-database-read-only = { $path } may not be written; give this user write permission to its folder.
error-database-corrupt = { $path } is damaged; put a backup in its place (see `grimche backup`).
error-database-foreign = { $path } is not a Grimche database; choose another GRIMCHE_DATA folder.
error-database-newer = { $path } was written by a newer Grimche (version { $found }); update Grimche.
error-disk-full = The disk that holds { $path } is full; free some space and try again.
error-generation = Generation { $generation } cannot be used.
error-generation-missing = Generation { $generation } is incomplete: { $file } is missing.
error-generation-corrupt = Generation { $generation } is damaged ({ $file }); install it again.
error-generation-mismatch = Generation { $generation } does not fit: { $fault }
error-generation-serves = Generation { $generation } serves now; let another one serve first.
error-nothing-before = No generation has served before { $generation }; there is nothing to go back to.
error-training = Training is not possible: { $fault }
error-training-killed = The training was ended from outside { $times ->
        [1] once
       *[other] { $times } times
    }, as happens where memory runs out; free some, or train on another machine with `grimche export-set`.
error-too-little-to-score = There is too little to score: two artists with several episodes are needed, { $left } found; add more.
error-source = { $platform } cannot be read: { $fault }
error-gated = { $platform } shows { $where } only to readers who log in.
error-not-there-any-more = { $platform } has nothing at { $where }.
error-no-answer = { $platform } gave no usable answer: { $host } { $fault }.
error-shape-changed = { $platform } has changed its interface: { $field } of { $where } is not as it was.
error-run-ended = Nothing more could be had of { $platform }.
error-host-refused = { $platform } wants no more requests: { $host } { $fault }; wait a day, and lower the rate.
error-robots-forbid = { $platform } does not want { $path } to be fetched: the robots.txt of { $host } forbids it.
error-host-unreachable = { $platform } does not answer: { $host } { $fault }; try again later.
error-budget-spent = The run has made the { $maximum } requests that it may; the next one continues.
error-cannot-listen = The web chat cannot listen on { $host }, port { $port }: { $fault }; choose another with --port.
error-file-not-writable = { $path } cannot be written: { $fault }
error-already-running = Another process is running this job ({ $job }); wait until it has finished.
error-stopped = This was stopped from elsewhere; the next run goes on from here.
error-busy = Many people are asking right now; please try again in a moment.
error-slow-down = That is a little fast; please ask again in { $seconds } s.
error-expired = This answer has been forgotten by now; please send the picture again.
error-closing = I am being restarted; please try again in a minute.
error-banned = You cannot use this bot any more; its admins have decided so.
error-bad-request = The request is not understood; reload the page and try again.
error-forbidden = This address is not served here; open the page at the address that Grimche printed.
error-not-there = There is nothing at this address.
error-no-picture = No picture has arrived; choose at least one.
error-upload-too-large = The pictures are too large to send at once; { $maximum } MB are the limit.
error-not-handed-over = The chat network did not hand over the picture; please send it again.
error-token-refused = { $door } refuses the token; check { $setting }, or get a new token.
error-second-poller = Another process reads the messages of this bot; stop it, or use another token here.
error-backup-damaged = { $path } cannot be restored: { $fault }; choose another backup.
error-in-use = A process serves { $data }; stop `grimche serve` first.
restored = { $file } is in place.
restored-before = The database before is kept as { $name }; remove it when all is well.
error-metrics-cannot-listen = The metrics cannot listen on { $host }, port { $port }: { $fault }; choose another with GRIMCHE_METRICS_PORT.
error-webhook-cannot-listen = The webhook cannot listen on { $host }, port { $port }: { $fault }; choose another with GRIMCHE_TELEGRAM_WEBHOOK_PORT.

discord-presence = { $count ->
    [one] { $count } webtoon
   *[other] { $count } webtoons
}
discord-more = More like…
discord-more-option = { $rank }. { $title }
discord-share = Share
discord-shared = Shared by { $name }
discord-share-done = Everybody here can see it now.
discord-which-picture = This message has several pictures. Which one do you mean?
discord-which-pictures = Choose a picture
discord-picture = Picture { $number }
discord-all-pictures = All of them, as drawn by one artist
discord-no-picture = There is no picture in this message.
discord-no-avatar = They have no picture of their own.
discord-usage-why = Ask for something first; then /{ discord-name-why } says why a match of your latest answer here is one.
discord-adult-left-out = { $count ->
    [one] One work for adults is left out here; in an age-restricted channel I show it.
   *[other] { $count } works for adults are left out here; in an age-restricted channel I show them.
}
discord-usage-similar = Add a picture as “image”, or choose a title.

# The doctor --------------------------------------------------------------------------------------

doctor-severity = severity
doctor-what = what is wrong
doctor-remedy = what to do
doctor-fault = fault
doctor-warning = warning
doctor-healthy = Nothing is wrong.
doctor-settings = These settings cannot be used: { $faults }.
doctor-settings-remedy = Correct them in .env or in the environment; .env.example explains each.
doctor-token = { $door } does not know the token.
doctor-token-remedy = Copy it again into { $setting }, or get a new one.
doctor-unreachable = { $host } does not answer ({ $fault }).
doctor-unreachable-remedy = Check the network, its name service and firewall, and the address in the settings.
doctor-unwilling = { $host } answers with { $status }; perhaps it refuses us.
doctor-unwilling-remedy = Try again tomorrow; if it stays so, lower GRIMCHE_API_RATE, or see whether it refuses this machine's network.
doctor-clock = The clock is wrong by { $seconds } s.
doctor-clock-remedy = Turn time synchronisation on (systemd-timesyncd or chrony).
doctor-no-database = There is no database at { $path } yet.
doctor-no-database-remedy = Fill a catalogue with `grimche import` or `grimche scrape`, or check GRIMCHE_DATA.
doctor-database = The database cannot be used: { $fault }
doctor-database-remedy = Stop the service and put a backup back: `grimche restore FILE`. One from a newer Grimche needs that version.
doctor-references = { $count } rows refer to others that are not there.
doctor-references-remedy = Stop the service and put a backup back: `grimche restore FILE`.
doctor-no-generation = No generation serves, although there are some.
doctor-no-generation-remedy = Let one serve: `grimche generations list`, then promote it, or put a backup back.
doctor-generation-missing = Generation { $generation } is incomplete: { $file } is missing.
doctor-generation-missing-remedy = Bring it in again with `grimche generations add`, put a backup back, or go back to the one before.
doctor-generation-damaged = A file of generation { $generation } is damaged: { $fault }
doctor-generation-damaged-remedy = Remove its folder and bring it in again with `grimche generations add`, or put a backup back.
doctor-vectors = { $count } thumbnails have no vector and are not found.
doctor-vectors-remedy = Embed them: the next `grimche scrape` or `grimche import` does.
doctor-orphan = A killed process left { $path }.
doctor-orphan-remedy = Remove it; nothing uses it.
doctor-old-backup = The newest backup, { $path }, is more than three days old.
doctor-old-backup-remedy = See in the log why none is made, and whether `grimche serve` runs.
doctor-no-font = No font with Hangul was found, so pictures are labelled in English.
doctor-no-font-remedy = Install one: `apt-get install fonts-nanum`.
doctor-no-time-zone = The time zone { $zone } is not known.
doctor-no-time-zone-remedy = Install the time zones: `apt-get install tzdata`.
doctor-no-tensorflow = TensorFlow is not installed, so nothing can be trained here.
doctor-no-tensorflow-remedy = Use Python 3.11 to 3.13 and install Grimche again, or train on another machine.
doctor-disk = { $free } GB are free on the disk of { $path }, { $needed } GB should be.
doctor-disk-remedy = Free some space, keep fewer backups with GRIMCHE_KEEP_BACKUPS, or move GRIMCHE_DATA to a larger disk.
doctor-memory = { $free } GB of memory are free, a training takes { $needed } GB.
doctor-memory-remedy = Train on another machine: `grimche export-set`, then `grimche generations add`.
doctor-readable-tokens = Everybody on this machine can read the tokens in { $path }.
doctor-readable-tokens-remedy = Close it: `chmod 600 { $path }`.
doctor-open-data = Everybody on this machine can write into { $path }.
doctor-open-data-remedy = Close it: `chmod 700 { $path }`.
doctor-not-writable = { $path } may not be both read and written.
doctor-not-writable-remedy = Give it to the user who runs Grimche: `chown -R grimche { $path }`.
doctor-not-a-folder = { $path } is a file, and a folder is needed.
doctor-not-a-folder-remedy = Move it away, or name a folder in { $setting }.
doctor-port = Nothing of ours can listen on { $host }, port { $port }: { $fault }.
doctor-port-remedy = Stop the other program, or choose another port with { $setting }.
